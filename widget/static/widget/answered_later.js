/** @import {Answers, VisitorChat} from "./visitor_chat.js" */

const HERE = "answered_here"; // the server's word: it takes messages that are answered here

/** Whether an address is any good: where mail works, or for an older server, which takes no message without one. @param {VisitorChat} visitor */
export function byMail(visitor) {
  return Boolean(visitor.availability.value?.mail) || !takesHere(visitor);
}

/** Whether what is left now needs an address. @param {VisitorChat} visitor */
export function needsAddress(visitor) {
  const why = visitor.availability.value?.why;
  return byMail(visitor) && (why === "paused" || why === "busy");
}

/**
 * What is left while nobody can take a chat says how it is answered: by mail, or here when they come back.
 * @param {VisitorChat} visitor @param {Answers} answers @returns {Answers}
 */
export function answeredLater(visitor, answers) {
  const chat = visitor.current.value;
  const here = visitor.leavesWord.value && !chat?.goesOn() && takesHere(visitor) && !(answers.form?.email && byMail(visitor));
  return here ? { ...answers, form: { ...answers.form, here: true } } : answers;
}

/**
 * What was to be sent before this could be asked goes now, unless it was changed meanwhile.
 * @param {VisitorChat} visitor @param {import("./above_box.js").Ask} ask
 */
export function sendDue({ box: { current: box } }, ask) {
  const { due } = ask;
  delete ask.due;
  if (due !== undefined && due === box?.text()) box.send();
}

/** @param {VisitorChat} visitor */
function takesHere({ socket }) {
  return Boolean(socket.welcome?.features?.includes(HERE));
}
