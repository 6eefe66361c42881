/** Collects the values of an option that may be given more than once. A list (`<value...>`) would swallow what follows. */
export function repeatable(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}
