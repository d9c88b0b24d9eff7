"""What the law asks: report, erasure, restriction, retention."""
