include "a.groovy"
include "recipe.groovy"
