from . import outside_import
