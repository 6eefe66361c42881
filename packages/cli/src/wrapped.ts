/**
 * A text in lines of at most so many characters, broken between words. The indent stands before the first one, and as many
 * spaces before the others. A word that is longer stays whole.
 */
export function wrapped(text: string, indent: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = indent
  let isEmpty = true
  for (const word of text.split(' ').filter((part) => part !== '')) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line)
      line = ' '.repeat(indent.length)
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return isEmpty ? lines : [...lines, line]
}
