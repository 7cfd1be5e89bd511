defaults { limit 3 }
