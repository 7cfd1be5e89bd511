def x = String.valueOf(3)
defaults { limit x as int }
