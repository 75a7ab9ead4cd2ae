"""The meeting services on fakes."""
