/** Slower samples than this share are left out: they tell of the machine, which was doing something else. */
const KEPT = 0.9

/** Welch's t of two lists of times, both cropped at one percentile of all of them (as dudect does, at one crop). */
export function welchT(ones, others) {
  const sorted = Float64Array.from([...ones, ...others]).sort()
  const limit = sorted[Math.floor(sorted.length * KEPT)]
  const [one, other] = [ones, others].map((times) => momentsOf(times.filter((time) => time <= limit)))
  return (one.mean - other.mean) / Math.sqrt(one.variance / one.count + other.variance / other.count)
}

function momentsOf(times) {
  const count = times.length
  const mean = times.reduce((sum, time) => sum + time, 0) / count
  const variance = times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / (count - 1)
  return { count, mean, variance }
}
