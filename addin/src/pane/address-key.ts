/** Addresses as Exchange wants them, and as they are compared. People read them in their own script. */

/** The address with its domain in A-labels, which every mail system takes. */
export function asciiOf(address: string): string {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1).trim();
  const isPlain = !/[^!-~]|[/:?#@\\]/.test(domain);
  return `${address.slice(0, at)}@${isPlain ? domain : hostOf(domain)}`;
}

/** The one form in which addresses are compared and asked for: lower case, the domain in A-labels. */
export function keyOf(address: string): string {
  return asciiOf(address.trim()).toLowerCase();
}

function hostOf(domain: string): string {
  try {
    return /[/:?#@\\]/.test(domain) ? domain : new URL(`http://${domain}`).hostname;
  } catch {
    return domain;
  }
}
