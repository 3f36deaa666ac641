using FsCheck;
using FsCheck.Fluent;
