"""What an assessor does: workbooks to fill, answers compared, reviews by companies, seasons."""
