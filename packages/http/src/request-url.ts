/**
 * An absolute URL of what a request was sent to. `Host` and the target are the sender's to choose: neither may make the URL
 * unreadable for who routes by it, nor put anything in front of the path.
 *
 * @param target a path, or an absolute URL (RFC 9112, section 3.2.2).
 */
export function requestUrl(scheme: 'http' | 'https', authority: string | null, target: string): string {
  const origin = `${scheme}://${authority && isAuthority(authority) ? authority : 'localhost'}`
  const url = target.startsWith('/') ? origin + target : target
  return URL.canParse(url) ? url : `${origin}/`
}

function isAuthority(text: string): boolean {
  return !/[\s/?#@\\,]/.test(text) && URL.canParse(`http://${text}/`)
}
