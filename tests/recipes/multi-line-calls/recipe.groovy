copy {
  where(
    pk: "a",
    gsj: "x"
  )
  from(
    5
  )
  project "a",
      "b",
      3
}
