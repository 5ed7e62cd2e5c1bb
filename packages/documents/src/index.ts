export { type CalendarFile, orderCalendar } from "./order-calendar.ts";
export { paperTickets } from "./paper-tickets.ts";
export { type RenderedMail, renderMail } from "./render-mail.ts";
