"""The logo on the letterhead: what is uploaded is drawn anew, of a size that suits paper."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
LARGEST_BYTES = 4 * 1024 * 1024
MOST_PIXELS = 40_000_000
# 80 by 24 millimetres at 300 dots per inch.
LARGEST = (945, 284)


def redrawn_logo(upload: UploadedFile) -> bytes:
    """A PNG that fits the head of a letter; raises ValidationError for what is no picture."""
    if (upload.size or 0) > LARGEST_BYTES:
        raise ValidationError(_("The logo is larger than 4 MB."))
    try:
        with Image.open(upload, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("The logo has too many pixels."))
            drawn = picture.convert("RGBA")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ) as problem:
        raise ValidationError(_("This is no picture. JPEG, PNG and WebP can be read.")) from problem
    drawn.thumbnail(LARGEST)
    paper = Image.new("RGB", drawn.size, "white")
    paper.paste(drawn, mask=drawn.getchannel("A"))
    out = BytesIO()
    paper.save(out, "PNG", optimize=True)
    return out.getvalue()
