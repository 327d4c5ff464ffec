"""Many pages → one lake of Parquet, by municipality and fetch. In come folders of pages; imports checks and below."""
