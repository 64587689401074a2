"""What the ICO's own search of its enforcement actions lists."""
