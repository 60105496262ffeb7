/** Keeps text in this browser's database, for the pane's own origin. */

import type { Store } from "./tools";

const TABLE = "texts";

/** A store that outlives the pane. Opened anew each time, as Outlook closes panes without notice. */
export function deviceStore(name = "rollcall"): Store {
  return {
    get: async (key) => ((await within(name, "readonly", (table) => table.get(key))) as string) ?? null,
    put: async (key, text) => {
      await within(name, "readwrite", (table) => table.put(text, key));
    },
    remove: async (key) => {
      await within(name, "readwrite", (table) => table.delete(key));
    },
  };
}

/** What this device is called: by chance, and as long as it keeps anything. */
export async function deviceName(store: Store): Promise<string> {
  const found = await store.get("device");
  if (found) {
    return found;
  }
  const name = crypto.randomUUID();
  await store.put("device", name);
  return name;
}

/** Takes the copies of one message for this pane; what it gives lets go, as does the end of the pane. */
export function deviceLock(id: string): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    const work = (lock: Lock | null) =>
      new Promise<void>((done) => {
        resolve(lock && done);
      });
    navigator.locks
      .request(`copies/${id}`, { ifAvailable: true }, (lock) => (lock ? work(lock) : resolve(null)))
      .catch(reject);
  });
}

async function within(
  name: string,
  mode: IDBTransactionMode,
  work: (table: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const database = await open(name);
  try {
    return await new Promise((resolve, reject) => {
      // Strict: on the disk, not only on its way there.
      const transaction = database.transaction(TABLE, mode, { durability: "strict" });
      const request = work(transaction.objectStore(TABLE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
