"""Reading a published annual report, in whatever form it was published."""
