import com.acme.Missing
import static java.lang.Math.max
def limits = [1, 2]
copy {
  form new Missing()
  to 5
  segments max(3, 4)
  limit limitz[0]
}
