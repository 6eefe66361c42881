/** Before the times count: the compiler has made up its mind by then. */
const WARM_UP = 0.2

/**
 * Times of two classes of inputs. Which class is next is left to chance, so that whatever the machine does in between
 * befalls both alike.
 *
 * @param {(isNear: boolean) => number | Promise<number>} sample does the work, and gives the time that it took.
 * @returns {Promise<{ near: number[], far: number[] }>}
 */
export async function interleaved(count, sample) {
  const near = []
  const far = []
  for (let index = -count * WARM_UP; index < count; index++) {
    const isNear = Math.random() < 0.5
    const time = await sample(isNear)
    if (index >= 0) (isNear ? near : far).push(time)
  }
  return { near, far }
}
