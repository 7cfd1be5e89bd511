env("frozen") { readOnly() }
delete { from "dev:users" }
delete { from "dev:users"; limit 10; segments 4 }
delete { where pk: "t1" }
delete { from "frozen:users"; where pk: "t1"; writers 0; segments 0; limit 0 }
delete { from "nowhere:users"; where pk: "t1" }
delete { from "dev:users"; where pk: "t1"; filter "a = :a"; filter "b = :b" }
delete { from "dev:users"; where pk: "t1"; writers([2].get(0) + "") }
