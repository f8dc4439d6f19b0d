import { reached } from "../support_chat/brought.js";
import { useEffect, useSignal } from "../support_chat/vendor/preact.js";

const NEXT_TRY = 3000; // milliseconds

/**
 * A part that few visitors see: loaded when it is wanted for the first time, null until then.
 * @template T
 * @param {boolean} wanted
 * @param {() => Promise<T>} load
 * @returns {T | null}
 */
export function useLater(wanted, load) {
  const part = useSignal(/** @type {T | null} */ (null));
  useEffect(() => {
    const bring = () => reached(load).then((loaded) => (part.value = loaded)).catch(() => setTimeout(bring, NEXT_TRY));
    if (wanted && part.value === null) bring();
  }, [wanted]);
  return part.value;
}
