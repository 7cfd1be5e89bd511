env("safe") { profile "prod"; readOnly() }
verify { from "prod:users" }
verify { to "prod:users" }
verify { from "prod:users"; to "prod:users" }
verify { from "prod:users"; to "dev:users"; sample 0 }
verify { from "prod:users"; to "safe:users"; repair() }
verify { from "prod:users"; to "dev:users"; count(); repair() }
verify { from "file:users.fp"; to "dev:users"; repair() }
verify { from "prod:users"; to "file:users.fp"; sample 10 }
verify { from "file:a.fp"; to "file:b.fp"; where pk: "t1" }
verify { from "file:a.fp"; to "file:a.fp" }
verify { from "prod:acme-*"; to "dev:users" }
copy { from "prod:users"; to "dev:users"; limit 10; verify { full() } }
copy { from "prod:users"; to "dev:users"; verify { sample 0 } }
copy { from "file:users.fp"; to "dev:users" }
verify { from "prod:users"; to "dev:users"; rate write: 500 }
