include "String.groovy"
copy { from "prod:" + String.valueOf("users"); to "dev:users"; segments Integer.parseInt("3") }
