"""No upload fills the disk: whoever sends more than the site takes is cut off while sending."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class BoundedUploadHandler(FileUploadHandler):
    """Counts the bytes of all files of a request, before any other handler keeps them."""

    received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the bytes on, until they are too many."""
        self.received += len(raw_data)
        if self.received > settings.LARGEST_UPLOAD:
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Keeping it is for the handlers after this one."""
