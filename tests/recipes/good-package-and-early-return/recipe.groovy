package com.acme.copies

def done = true
copy { from "prod:users"; to "dev:users"; project "${"a"}b", "c" }
if (done) {
  return
}
copy { from "prod:orders"; to "dev:orders" }
