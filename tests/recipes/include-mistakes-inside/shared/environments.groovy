env("prod") {
  regoin "eu-west-1"
}
include "pieces.groovy"
include "../../grab/recipe.groovy"
