copy [
  from "prod:users"
]
