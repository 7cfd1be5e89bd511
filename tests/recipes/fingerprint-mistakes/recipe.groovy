fingerprint "prod:users"
fingerprint
fingerprint { from "prod:users"; limit 3; to "dev:users" }
fingerprint { rate write: 3 }
fingerprint { from "prod:users"; rate read: 5, write: 3 }
fingerprnt { from "prod:users" }
