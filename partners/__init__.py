"""Who refers, sells for us or supplies with us."""
