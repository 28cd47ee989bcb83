"""Signatures in OFD files (GB/T 33190—2016, chapter 18): verifying one that came back, and setting one.

Nothing here is called valid that was not computed: what is not understood is refused by name.
"""
