/**
 * Hosts of mail gateways that wrap links: what leads there was wrapped on its way to the author, who pasted it.
 *
 * Sources: the rules of ninoseki/kachi, which unwraps them (Microsoft, Proofpoint, Barracuda, Sophos, Trend
 * Micro, FireEye, Libraesva, Azure's own mail); for the others, addresses as people reported them: Mimecast,
 * Cisco, Check Point, Darktrace, Symantec, Hornetsecurity, INKY, TitanHQ, EdgePilot.
 */

const DOMAINS = [
  "safelinks.protection.outlook.com",
  "safelinks.protection.office365.us",
  "safelinks.protection.partner.outlook.cn",
  "safelink.emails.azure.net",
  "urldefense.com",
  "urldefense.us",
  "urldefense.proofpoint.com",
  "linkprotect.cudasvc.com",
  "protection.sophos.com",
  "ctp.trendmicro.com",
  "protect2.fireeye.com",
  "urlsand.esvalabs.com",
  "urlsand.com",
  "mimecastprotect.com",
  "secure-web.cisco.com",
  "protect.checkpoint.com",
  "url.avanan.click",
  "l.antigena.com",
  "clicktime.symantec.com",
  "clicktime.cloud.postoffice.net",
  "atpscan.global.hornetsecurity.com",
  "seclinks.cloud-security.net",
  "outlook.inky.com",
  "linklock.titanhq.com",
  "link.edgepilot.com",
  "emailprotection.link",
];
/** Those whose names are no domain of their own: protect-eu.mimecast.com, imsva91-ctp.trendmicro.com. */
const PATTERN = /(?:^protect(?:-[a-z]+)?\.mimecast(?:-offshore)?|[.-]ctp\.trendmicro)\.com$/;

/** Whether `host`, in lower case, is one of them. */
export function isGateway(host: string): boolean {
  return PATTERN.test(host) || DOMAINS.some((domain) => host === domain || host.endsWith(`.${domain}`));
}
