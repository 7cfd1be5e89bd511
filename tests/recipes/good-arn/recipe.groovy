copy {
  from "arn:aws:dynamodb:eu-west-1:123456789012:table/users"
  to "local:users"
}
