"""Photos of persons: what is uploaded is drawn anew, small, without what a camera wrote into it."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
LARGEST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
EDGE = 512
QUALITY = 82
# What Pillow raises for files that are damaged, or made to do harm.
UNREADABLE = (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError)


def redrawn(upload: UploadedFile) -> ContentFile:
    """A square JPEG of at most 512 pixels; raises ValidationError for what is no picture.

    Place and time of the shot, which cameras write into the file, are not taken along.
    """
    if (upload.size or 0) > LARGEST_BYTES:
        raise ValidationError(_("The photo is larger than 8 MB."), "photo_size")
    try:
        with Image.open(upload, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("The photo has too many pixels."), "photo_pixels")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ) as problem:
        raise ValidationError(_("This is no photo. JPEG, PNG and WebP can be read."), "photo") from problem
    square = ImageOps.fit(upright, (min(EDGE, *upright.size),) * 2)
    out = BytesIO()
    square.save(out, "JPEG", quality=QUALITY, optimize=True)
    return ContentFile(out.getvalue(), name="photo.jpg")
