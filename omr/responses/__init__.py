"""What a question's marks mean, or that a person must say."""
