/** The mail's text, read and written in the same way: as HTML, and of a reply only what the person wrote. */

import { asked } from "./call";

export class Body {
  private readonly options: { bodyMode?: Office.MailboxEnums.BodyMode };

  constructor(
    private readonly item: Office.MessageCompose,
    hasBodyMode: boolean,
  ) {
    const mode = hasBodyMode ? Office.MailboxEnums.BodyMode?.HostConfig : undefined;
    this.options = mode === undefined ? {} : { bodyMode: mode };
  }

  /** Whether it is HTML; plain text holds no links that could be tracked. */
  async isHtml(): Promise<boolean> {
    const type = await asked<Office.CoercionType | string>((done) => this.item.body.getTypeAsync(done));
    return type === Office.CoercionType.Html;
  }

  read(): Promise<string> {
    return asked((done) => this.item.body.getAsync(Office.CoercionType.Html, this.options, done));
  }

  write(html: string): Promise<void> {
    const options = { ...this.options, coercionType: Office.CoercionType.Html };
    return asked((done) => this.item.body.setAsync(html, options, done));
  }
}
