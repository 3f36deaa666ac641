const root = "/api/v1";
const slot = "switchboard.console.key";
const patience = 10000;

/** A request that failed: with the status and code of the API, or status 0 where it could not be reached. */
export class ApiError extends Error {
  constructor(status, code, detail) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

/** The key of whoever looks: in this tab alone, and gone with it. */
export const key = {
  get: () => sessionStorage.getItem(slot),
  set: (value) => sessionStorage.setItem(slot, value),
  forget: () => sessionStorage.removeItem(slot),
};

export function get(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  return send("GET", given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path);
}

export function post(path, body) {
  return send("POST", path, body);
}

async function send(method, path, body) {
  const headers = {};
  if (key.get()) headers.Authorization = `Bearer ${key.get()}`;
  if (body) headers["Content-Type"] = "application/json";
  let response;
  let answer;
  try {
    response = await fetch(root + path, {
      method,
      headers,
      body: body && JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.timeout(patience),
    });
    answer = response.status === 204 ? undefined : await response.json();
  } catch (error) {
    throw new ApiError(0, "unreachable", `the edge does not answer (${error.message})`);
  }
  if (!response.ok) throw new ApiError(response.status, answer.code, answer.detail);
  return answer;
}
