/** Addresses, compared. */

/** The one form in which addresses are compared and asked for: lower case, the domain in A-labels. */
export function keyOf(address: string): string {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1).trim();
  const local = address.slice(0, at).trim().toLowerCase();
  try {
    return `${local}@${/[/:?#@\\]/.test(domain) ? domain.toLowerCase() : new URL(`http://${domain}`).hostname}`;
  } catch {
    return `${local}@${domain.toLowerCase()}`;
  }
}
