export { type CalendarFile, orderCalendar } from "./order-calendar.ts";
export { type RenderedMail, renderMail } from "./render-mail.ts";
