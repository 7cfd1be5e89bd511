
  def x = [:].a.b
