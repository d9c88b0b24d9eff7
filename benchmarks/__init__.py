"""How fast the product is at a thousand, a hundred thousand and a million deals: `make bench`."""
