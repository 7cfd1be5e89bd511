defaults { filter "attribute_exists(a)"; to "dev:users" }
copy { from "prod:users" }
copy { from "prod:orders"; filter "b = :b", values: [":b": 1] }
