/** Promises around Office.js, which takes a callback, may throw instead of calling it, or never call it. */

/** Longer than any answer of Outlook's takes that comes at all. */
const PATIENCE = 20_000;

/** Outlook did not do what it was asked. `silent`: it did not answer at all. */
export class OutlookError extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly silent = false,
  ) {
    super(message);
  }
}

/** What Outlook answers to `call`. Throws OutlookError. */
export function asked<T>(
  call: (done: (result: Office.AsyncResult<T>) => void) => void,
  patience = PATIENCE,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new OutlookError(0, "no answer", true)), patience);
    const settle = (what: () => void) => {
      clearTimeout(timer);
      what();
    };
    try {
      call((result) =>
        settle(() => {
          if (result.status === Office.AsyncResultStatus.Succeeded) {
            resolve(result.value);
          } else {
            reject(new OutlookError(result.error?.code ?? 0, result.error?.message ?? ""));
          }
        }),
      );
    } catch (error) {
      // setAsync does so for a body that is too long.
      settle(() => reject(new OutlookError(0, error instanceof Error ? error.message : "")));
    }
  });
}
