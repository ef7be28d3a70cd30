"""Which state of the archive is asked? One generation as rows and arrays, opened beside the one before."""
