import type { EmployeeView } from "@tessera/contracts";

/** Those in whose name or address each of the words stands, whatever its accents and capitals. */
export function findEmployees(employees: readonly EmployeeView[], search: string): EmployeeView[] {
  const words = plain(search).split(/\s+/).filter(Boolean);
  return employees.filter(({ displayName, email }) => {
    const text = plain(`${displayName} ${email}`);
    return words.every((word) => text.includes(word));
  });
}

function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
