from . import import_upload
