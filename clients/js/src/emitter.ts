/** Tells handlers of what happens, in the order in which they came. */
export class Emitter<Events> {
  readonly #handlers = new Map<keyof Events, Set<(event: any) => void>>();

  /** Calls `handler` for each event of the type, until the function that is returned is called. */
  on<Type extends keyof Events>(type: Type, handler: (event: Events[Type]) => void): () => void {
    const handlers = this.#handlers.get(type) ?? new Set();
    this.#handlers.set(type, handlers.add(handler));
    return () => { handlers.delete(handler); };
  }

  /** @internal A handler that throws is reported as uncaught, and disturbs nobody else. */
  emit<Type extends keyof Events>(type: Type, event: Events[Type]): void {
    const handlers = this.#handlers.get(type) ?? new Set();
    for (const handler of [...handlers]) {
      try {
        if (handlers.has(handler)) handler(event);
      } catch (error) {
        queueMicrotask(() => { throw error; });
      }
    }
  }
}
