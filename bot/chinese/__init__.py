"""Text quirks of Chinese, pure: numerals, dates, article numbers, scripts."""
