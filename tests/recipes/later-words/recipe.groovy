// Words of later versions are unknown words for now.
copy { from "prod:users"; to "dev:users"; rate read: 10; mask "email", with: "hash"; drop "a" }
