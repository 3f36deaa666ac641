/** One line of JSON for each test that has ended: its name, and why it failed if it did. */
export default async function* report(events) {
  for await (const { type, data } of events) {
    if (type !== "test:pass" && type !== "test:fail" || data.nesting > 0) continue;
    const { error } = data.details;
    const failure = type === "test:fail" ? String(error?.cause?.stack ?? error?.cause ?? error) : undefined;
    const skipped = data.skip !== undefined && data.skip !== false;
    yield `${JSON.stringify({ name: data.name, failure: skipped ? "it was skipped" : failure })}\n`;
  }
}
