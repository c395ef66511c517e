// Compiles one request of a family of growing requests: `Complexity many-parameters 1000`. For Tests/complexity, which
// counts the instructions of growing sizes. Without arguments it lists the families.
let arguments = CommandLine.arguments
if arguments.count == 3, let size = Int(arguments[2]),
  let family = Family.all.first(where: { $0.name == arguments[1] })
{
  family.run(size)
} else if arguments.dropFirst() == ["start-up"] {
  Family.startUp()
} else {
  for family in Family.all { print(family.name) }
}
