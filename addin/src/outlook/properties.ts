/** What is kept with the draft: it is there again when the draft is opened again, on whatever device. */

import { asked } from "./call";
import { PROPERTY } from "./stamp";

/** The limit of all custom properties of one add-in, in characters. */
export const MAX_PROPERTY = 2500;

export class Properties {
  private loaded: Promise<Office.CustomProperties> | undefined;

  constructor(private readonly item: Office.MessageCompose) {}

  /** Our property's text; null without one. */
  async read(): Promise<string | null> {
    const text: unknown = (await this.load()).get(PROPERTY);
    return typeof text === "string" ? text : null;
  }

  /** Keeps `text`; null forgets it. */
  async write(text: string | null): Promise<void> {
    const properties = await this.load();
    if (text === null) {
      properties.remove(PROPERTY);
    } else {
      properties.set(PROPERTY, text);
    }
    await asked<void>((done) => properties.saveAsync(done as never));
  }

  private load(): Promise<Office.CustomProperties> {
    this.loaded ??= asked<Office.CustomProperties>((done) => this.item.loadCustomPropertiesAsync(done));
    this.loaded.catch(() => {
      this.loaded = undefined;
    });
    return this.loaded;
  }
}

/** What lasts as long as the mail is being written, and is never stored: Outlook's session data. */
export class SessionData {
  constructor(private readonly item: Office.MessageCompose) {}

  async read(name: string): Promise<string | null> {
    if (!this.isThere()) {
      return null;
    }
    try {
      return (await asked<string>((done) => this.item.sessionData.getAsync(name, done))) || null;
    } catch {
      return null; // Outlook answers with an error where nothing is kept under that name.
    }
  }

  /** Keeps `text`; whether there was room. */
  async write(name: string, text: string): Promise<boolean> {
    if (!this.isThere()) {
      return false;
    }
    try {
      await asked<void>((done) => this.item.sessionData.setAsync(name, text, done));
      return true;
    } catch {
      return false;
    }
  }

  async forget(name: string): Promise<void> {
    if (this.isThere()) {
      await asked<void>((done) => this.item.sessionData.removeAsync(name, done)).catch(() => undefined);
    }
  }

  private isThere(): boolean {
    return Office.context.requirements.isSetSupported("Mailbox", "1.11") && Boolean(this.item.sessionData);
  }
}
