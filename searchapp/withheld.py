"""What has been taken down for good? The archive's `withheld.csv`, which ingests obey and pages answer from."""
