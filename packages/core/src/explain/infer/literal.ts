/** A text as TypeScript has it. Names of headers are a sender's, and may hold quotes (RFC 9110, section 5.6.2). */
export function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}
